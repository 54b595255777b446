package openssl

import (
	"fmt"
	"strings"
)

// promptIntro is what req says before it asks.
const promptIntro = `You are about to be asked to enter information that will be incorporated
into your certificate request.
What you are about to enter is what is called a Distinguished Name or a DN.
There are quite a few fields but you can leave some blank
For some fields there will be a default value,
If you enter '.', the field will be left blank.
-----
`

// promptAttributes is what req says before it asks for attributes.
const promptAttributes = `
Please enter the following 'extra' attributes
to be sent with your certificate request
`

// field is one question of req, as in OpenSSL's own configuration file.
type field struct {
	name, question, otherwise string
	min, max                  int // bytes; 0 for no bound
}

var subjectFields = []field{
	{"C", "Country Name (2 letter code)", "AU", 2, 2},
	{"ST", "State or Province Name (full name)", "Some-State", 0, 0},
	{"L", "Locality Name (eg, city)", "", 0, 0},
	{"O", "Organization Name (eg, company)", "Internet Widgits Pty Ltd", 0, 0},
	{"OU", "Organizational Unit Name (eg, section)", "", 0, 0},
	{"CN", "Common Name (e.g. server FQDN or YOUR name)", "", 0, 64},
	{"emailAddress", "Email Address", "", 0, 64},
}

var attributeFields = []field{
	{"challengePassword", "A challenge password", "", 4, 20},
	{"unstructuredName", "An optional company name", "", 0, 0},
}

// askSubject asks for the parts of the subject, and for a request also for its attributes.
func (c *call) askSubject(subject, extra []field) (name, attributes []attribute, err error) {
	if !c.has("batch") {
		c.warn(promptIntro)
	}
	if name, err = c.askFields(subject); err != nil {
		return nil, nil, err
	}
	if len(name) == 0 {
		return nil, nil, refuse("Error: No objects specified in config file\nError making certificate request")
	}
	if c.has("x509") || len(extra) == 0 {
		return name, nil, nil
	}
	if !c.has("batch") {
		c.warn(promptAttributes)
	}
	attributes, err = c.askFields(extra)
	return name, attributes, err
}

// askFields asks one question after the other.
func (c *call) askFields(fields []field) ([]attribute, error) {
	var parts []attribute
	for _, f := range fields {
		value, err := c.askField(f)
		if err != nil {
			return nil, err
		}
		if value == "" {
			continue
		}
		part, ok := newAttribute(f.name, value)
		if !ok {
			return nil, refuse("Error making certificate request")
		}
		parts = append(parts, part)
	}
	return parts, nil
}

// askField asks until the answer has a fitting length. An empty answer is the default, a dot is
// nothing.
func (c *call) askField(f field) (string, error) {
	for {
		answer := f.otherwise
		if !c.has("batch") {
			c.warn(fmt.Sprintf("%s [%s]:", f.question, f.otherwise))
			line, err := c.line()
			if err != nil {
				return "", err
			}
			if line == "." {
				return "", nil
			}
			if line != "" {
				answer = line
			}
		}
		switch {
		case answer != "" && len(answer) < f.min:
			c.warn(fmt.Sprintf("String too short, must be at least %d bytes long\n", f.min))
		case f.max > 0 && len(answer) > f.max:
			c.warn(fmt.Sprintf("String too long, must be at most %d bytes long\n", f.max))
		default:
			return answer, nil
		}
	}
}

// lineMax is the longest answer, in bytes.
const lineMax = 1022

// line reads one line of standard input.
func (c *call) line() (string, error) {
	failed := refuse("Error making certificate request")
	if c.In == nil {
		return "", failed
	}
	line, err := c.In.ReadString('\n')
	if err != nil || len(line) > lineMax {
		return "", failed
	}
	return strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"), nil
}
