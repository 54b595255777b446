package cli

import (
	"testing"

	"hsmplay/core/internal/transcript"
)

func TestTranscripts(t *testing.T) {
	transcript.Run(t, "testdata/*.txt", func(t *testing.T) transcript.Session { return newDesk(t) })
}
