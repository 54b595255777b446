package kmu

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

func headerKey(class attr.Class, typ attr.KeyType, label, id string) *hsm.Key {
	return &hsm.Key{Label: label, ID: id, Flags: attr.DefaultFlags(class, typ), Material: &mech.Material{Class: class, Type: typ}}
}

func TestHeadersHaveTheDocumentedLengths(t *testing.T) {
	for class, size := range map[attr.Class]int{attr.Secret: 267, attr.PrivateKey: 284} {
		head := headerOf(headerKey(class, attr.RSA, strings.Repeat("l", 127), "an id"), []byte("twelve bytes"))
		file, err := head.put([]byte("blob"))
		require.NoError(t, err)
		require.Len(t, file, size+len("blob"))
		got, blob, err := cutHeader(file)
		require.NoError(t, err)
		require.Equal(t, head, got)
		require.Equal(t, "blob", string(blob))
	}
}

func TestAHeaderTellsDamage(t *testing.T) {
	file, err := headerOf(headerKey(attr.Secret, attr.AES, "label", "id"), nil).put(make([]byte, 40))
	require.NoError(t, err)
	for i := range file {
		damaged := bytes.Clone(file)
		damaged[i] ^= 0x10
		_, _, err := cutHeader(damaged)
		require.Error(t, err, "byte %d", i)
		_, _, err = cutHeader(file[:i])
		require.Error(t, err, "cut to %d", i)
	}
}

func TestLabelAndIDMustFitTheHeader(t *testing.T) {
	head := headerOf(headerKey(attr.Secret, attr.AES, strings.Repeat("l", 127), ""), nil)
	head.id = strings.Repeat("i", head.textMax()-127)
	_, err := head.put(nil)
	require.NoError(t, err)
	head.id += "i"
	_, err = head.put(nil)
	require.ErrorIs(t, err, errHeaderText)
}

// A label that no command takes comes in a file that somebody has made: the HSM refuses it.
func TestALabelFromAHeaderMustFitTheHSM(t *testing.T) {
	d := loggedInDesk(t)
	d.line("genSymKey -t 31 -s 32 -l wrapper")
	d.line("genSymKey -t 31 -s 16 -l short")
	wrapper, short := d.labelled("wrapper"), d.labelled("short")
	d.line(fmt.Sprintf("wrapKey -k %d -w %d -m 4 -out wrapped", short, wrapper))
	head, blob, err := cutHeader(d.files["wrapped"])
	require.NoError(t, err)
	head.label = strings.Repeat("l", hsm.LabelMax+1)
	d.files["wrapped"], err = head.put(blob)
	require.NoError(t, err)
	require.Contains(t, d.line(fmt.Sprintf("unWrapKey -f wrapped -w %d -m 4", wrapper)), "128")
	require.Equal(t, voice.LabelTooLong, d.out.Notes[0].ID)
}

// labelled is the handle of the first HSM's key with a label.
func (d *desk) labelled(label string) uint32 {
	for _, k := range d.cluster.Nodes[0].HSM.Keys {
		if k != nil && k.Label == label {
			return k.Handle
		}
	}
	require.Fail(d.t, "no key", label)
	return 0
}

func FuzzCutHeader(f *testing.F) {
	for _, class := range []attr.Class{attr.Secret, attr.PrivateKey} {
		file, err := headerOf(headerKey(class, attr.AES, "label", "id"), nil).put([]byte("blob"))
		require.NoError(f, err)
		f.Add(file)
	}
	f.Add([]byte(headerMagic))
	f.Fuzz(func(t *testing.T, file []byte) {
		head, blob, err := cutHeader(file)
		if err != nil {
			require.True(t, errors.Is(err, errNoHeader) || errors.Is(err, mech.ErrIntegrity))
			return
		}
		again, err := head.put(blob)
		require.NoError(t, err)
		_, _, err = cutHeader(again)
		require.NoError(t, err)
	})
}
