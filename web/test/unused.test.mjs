import assert from "node:assert/strict";
import { test } from "node:test";
import { isUnused } from "../build/unused.mjs";

test("what is left out is the tracer, dumps, checks and other programs", () => {
  for (const name of ["runtime.traceLocker.GoPark", "runtime.(*traceMap).put", "runtime.dumpTypesRec", "runtime.startCheckmarks", "internal/bisect.New", "os/exec.(*Cmd).Start", "os.(*Process).Wait"]) {
    assert.ok(isUnused(name), name);
  }
});

test("so are figures and profiles that nobody asks for, how a broken heap is told, C, and what Go's FIPS mode would do", () => {
  for (const name of ["runtime.initMetrics", "runtime.initMetrics.func27", "internal/godebug.registerMetric", "runtime.saveblockevent", "runtime.tryRecordGoroutineProfile",
    "runtime.gcDumpObject", "runtime.(*hexdumper).flushLine", "runtime.hexdumpMarker.start", "runtime.expandCgoFrames", "crypto/internal/fips140/ecdsa.init.func5.1",
    "crypto/internal/fips140/sha512.init.0.func1", "crypto/internal/fips140/ecdsa.fipsPCT[go.shape.*crypto/internal/fips140/nistec.P384Point].func1",
    "crypto/internal/fips140/drbg.(*Counter).Generate"]) {
    assert.ok(isUnused(name), name);
  }
  for (const name of ["runtime.profilealloc", "runtime.mProf_Malloc", "runtime.stkbucket", "runtime.(*unwinder).cgoCallers", "crypto/internal/fips140/ecdsa.init.func1",
    "crypto/internal/fips140/ecdsa.init.func5", "crypto/internal/fips140/check.init.0", "crypto/internal/fips140.CAST", "crypto/internal/fips140/drbg.Read"]) {
    assert.ok(!isUnused(name), name);
  }
});

test("what asks whether the tracer is on, tells a crash, or runs at a start stays", () => {
  for (const name of ["runtime.traceAcquire", "runtime.traceLocker.ok", "runtime.traceAllocFreeEnabled", "runtime.traceLockInit", "runtime.traceback2", "runtime.tracebackothers",
    "runtime.dumpgstatus", "runtime.printpanics", "os/exec.init", "os.(*File).Write", "os.Getwd"]) {
    assert.ok(!isUnused(name), name);
  }
});
