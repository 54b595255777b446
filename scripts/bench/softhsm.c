/* softhsm MODULE makes P-384 key pairs in a token of SoftHSM2 through PKCS#11 and prints pairs per second:
   session objects, then token objects. The token is made with softhsm2-util before, user PIN 1234. */
#include <dlfcn.h>
#include <p11-kit/pkcs11.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void check(CK_RV rv, const char *what) {
	if (rv != CKR_OK) {
		fprintf(stderr, "%s: 0x%lx\n", what, (unsigned long)rv);
		exit(1);
	}
}

static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static double rate(CK_FUNCTION_LIST *p11, CK_SESSION_HANDLE session, CK_BBOOL token) {
	CK_BYTE p384[] = {0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22};
	CK_BBOOL yes = CK_TRUE;
	CK_ATTRIBUTE public[] = {{CKA_EC_PARAMS, p384, sizeof p384}, {CKA_TOKEN, &token, sizeof token}};
	CK_ATTRIBUTE private[] = {{CKA_TOKEN, &token, sizeof token}, {CKA_PRIVATE, &yes, sizeof yes}, {CKA_SIGN, &yes, sizeof yes}};
	CK_MECHANISM mechanism = {CKM_EC_KEY_PAIR_GEN, NULL, 0};
	CK_OBJECT_HANDLE a, b;
	double start = now();
	int n = 0;
	for (; now() - start < 1; n++)
		check(p11->C_GenerateKeyPair(session, &mechanism, public, 2, private, 3, &a, &b), "C_GenerateKeyPair");
	return n / (now() - start);
}

int main(int argc, char **argv) {
	void *module = argc == 2 ? dlopen(argv[1], RTLD_NOW) : NULL;
	CK_C_GetFunctionList list = module ? (CK_C_GetFunctionList)dlsym(module, "C_GetFunctionList") : NULL;
	CK_FUNCTION_LIST *p11;
	CK_SLOT_ID slots[8];
	CK_ULONG count = 8;
	CK_SESSION_HANDLE session;
	if (!list) {
		fprintf(stderr, "usage: softhsm MODULE\n");
		return 2;
	}
	check(list(&p11), "C_GetFunctionList");
	check(p11->C_Initialize(NULL), "C_Initialize");
	check(p11->C_GetSlotList(CK_TRUE, slots, &count), "C_GetSlotList");
	check(p11->C_OpenSession(slots[0], CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session), "C_OpenSession");
	check(p11->C_Login(session, CKU_USER, (CK_UTF8CHAR *)"1234", 4), "C_Login");
	printf("%.0f\n", rate(p11, session, CK_FALSE));
	printf("%.0f\n", rate(p11, session, CK_TRUE));
	return 0;
}
