package cmu

import (
	"testing"

	"hsmplay/core/internal/transcript"
)

func TestTranscripts(t *testing.T) {
	transcript.Run(t, "testdata/*.txt", func(t *testing.T) transcript.Session { return newDesk(t) })
}

func TestSessionsOfTheVendorsPages(t *testing.T) {
	transcript.Run(t, "testdata/vendor/*.txt", func(t *testing.T) transcript.Session {
		d := newDesk(t)
		d.quiet = true
		return d
	})
}
