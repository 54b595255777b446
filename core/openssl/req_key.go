package openssl

import (
	"strconv"
	"strings"

	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

// newRequestKey makes a key as -newkey and -pkeyopt or the configuration file say.
func (c *call) newRequestKey(plan *reqPlan) (*mech.Material, error) {
	list, err := c.settings(c.all("pkeyopt"))
	if err != nil {
		return nil, c.keyParameter(err)
	}
	kind, of, _ := strings.Cut(c.last("newkey"), ":")
	var recipe mech.Recipe
	switch strings.ToLower(kind) {
	case "", "rsa":
		recipe, err = c.newRequestRSA(plan, of, list)
	case "ec", "param":
		recipe, err = c.newRequestEC(of, list)
	case "ed25519", "x25519":
		if recipe, err = c.plainRecipe(kind, list); err != nil {
			err = c.keyParameter(err)
		}
	default:
		err = refuse("Error allocating keygen context").because(voice.OpenSSLValue, "command", c.name, "value", voice.Word(kind),
			"option", "-newkey", "known", "rsa:2048 and its like, ec with -pkeyopt ec_paramgen_curve:P-256, and ed25519")
	}
	if err != nil {
		return nil, err
	}
	return c.makeKey(recipe)
}

// newRequestRSA is an RSA key of the size that is asked for.
func (c *call) newRequestRSA(plan *reqPlan, size string, list []setting) (mech.Recipe, error) {
	bits := rsaBits
	if n, err := strconv.ParseUint(plan.value("default_bits"), 10, 31); err == nil {
		bits = int(n)
	}
	if size != "" {
		n, err := strconv.ParseUint(size, 10, 31)
		if err != nil {
			return nil, refuse("%s: Can't parse \"%s\" as a number", c.name, size)
		}
		bits = int(n)
	}
	recipe, err := c.rsaRecipe(append([]setting{{"rsa_keygen_bits", strconv.Itoa(bits)}}, list...))
	if err != nil {
		return nil, c.keyParameter(err)
	}
	return recipe, nil
}

// newRequestEC is a key on the curve of a file of parameters, or of -pkeyopt.
func (c *call) newRequestEC(file string, list []setting) (mech.Recipe, error) {
	if file != "" {
		recipe, err := c.recipeOf(file)
		if err != nil {
			r := asRefusal(err)
			r.text = strings.Replace(r.text, "Can't open", "Cannot open", 1)
			return nil, r
		}
		return recipe, nil
	}
	recipe, err := c.ecRecipe(list)
	if err != nil {
		return nil, c.keyParameter(err)
	}
	return recipe, nil
}

// keyParameter words a refusal of genpkey as req does.
func (c *call) keyParameter(err error) error {
	r := asRefusal(err)
	r.text = strings.Replace(r.text, "genpkey: Error generating EC key", "req: Error generating ec key", 1)
	return r
}
