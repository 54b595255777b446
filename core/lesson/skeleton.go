package lesson

// Skeleton is a small lesson that is right: where a new one begins.
const Skeleton = `---
title: A new lesson
minutes: 3
theme: start
start: key_mgmt_util
start: loginHSM -u CU -s example_user -p aws
source: kmu.md 3.17
---
You will make a secret key.

## Make a key

Make an AES key of 256 bits with the label ` + "`mine`" + `.

` + "```goal" + `
key label=mine class=secret type=aes bits=256 on=all handle=$key
  an AES key of 256 bits labelled ` + "`mine`" + `, on every HSM
` + "```" + `
` + "```hint" + `
` + "`genSymKey -h`" + ` lists the options of the command that makes secret
keys.
` + "```" + `
` + "```solution" + `
genSymKey -t 31 -s 32 -l mine
` + "```" + `
` + "```also" + `
genSymKey -l mine -s 32 -t 31 -id key1
` + "```" + `
` + "```wrong half-as-long" + `
genSymKey -t 31 -s 16 -l mine
---
The key has $bits bits. ` + "`-s`" + ` counts bytes, and 256 bits are 32 of them.
---
key label=mine type=aes bits!=256 bits=$bits new=yes
` + "```" + `
` + "```wrong another-label" + `
genSymKey -t 31 -s 32 -l yours
---
The key is there, and its label is $label.
---
key label!=mine label=$label owner=example_user type=aes new=yes
` + "```" + `
` + "```wrong session-key-survives" + `
genSymKey -t 31 -s 32 -l mine -sess
---
With ` + "`-sess`" + ` the key is on one HSM and goes with the session.
---
key label=mine session=yes new=yes
` + "```" + `
` + "```done" + `
The handle of the key is $key.
` + "```" + `
`
