package hsm

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const approvalText = `Multi Token File Path = officer1.token;
Token File Path = ;

Number of Approvals = 2;

Approver Type = 2; # 2 for CO, 1 for CU
Approver Name = officer1;
Approval File = officer1.token.sig1;

Approver Type = 1;
Approver Name = user4;
Approval File = officer1.token.sig2;
`

func TestAnApprovalFileNamesTokenAndSignatures(t *testing.T) {
	file, err := ParseApprovalFile([]byte(approvalText))
	require.NoError(t, err)
	require.Equal(t, ApprovalFile{"officer1.token", "", []Approver{{CO, "officer1", "officer1.token.sig1"}, {CU, "user4", "officer1.token.sig2"}}}, file)
}

func TestWhatIsNoApprovalFile(t *testing.T) {
	for fault, text := range map[string]string{
		"it begins with the settings":     "",
		"line 1 is not of the form":       strings.Replace(approvalText, "officer1.token;", "officer1.token", 1),
		"Number of Approvals is not":      strings.Replace(approvalText, "= 2;\n\nApp", "= 3;\n\nApp", 1),
		"Approver Type is 2":              strings.Replace(approvalText, "= 1;", "= 3;", 1),
		"each approver has the settings":  strings.Replace(approvalText, "Approver Name", "Name", 1),
		"it is too large":                 strings.Repeat("#", ApprovalMax+1),
		"Number of Approvals is not the ": strings.Replace(approvalText, "Approvals = 2;", "Approvals = 3074457345618258604;", 1),
	} {
		_, err := ParseApprovalFile([]byte(text))
		require.ErrorContains(t, err, fault)
	}
}

func FuzzParseApprovalFile(f *testing.F) {
	f.Add([]byte(approvalText))
	f.Fuzz(func(t *testing.T, data []byte) {
		if file, err := ParseApprovalFile(data); err == nil {
			require.NotEmpty(t, file.Approvers)
		}
	})
}
