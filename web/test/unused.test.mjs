import assert from "node:assert/strict";
import { test } from "node:test";
import { isUnused } from "../build/unused.mjs";

test("what is left out is the tracer, dumps, checks and other programs", () => {
  for (const name of ["runtime.traceLocker.GoPark", "runtime.(*traceMap).put", "runtime.dumpTypesRec", "runtime.startCheckmarks", "internal/bisect.New", "os/exec.(*Cmd).Start", "os.(*Process).Wait"]) {
    assert.ok(isUnused(name), name);
  }
});

test("what asks whether the tracer is on, tells a crash, or runs at a start stays", () => {
  for (const name of ["runtime.traceAcquire", "runtime.traceLocker.ok", "runtime.traceAllocFreeEnabled", "runtime.traceLockInit", "runtime.traceback2", "runtime.tracebackothers",
    "runtime.dumpgstatus", "runtime.printpanics", "os/exec.init", "os.(*File).Write", "os.Getwd"]) {
    assert.ok(!isUnused(name), name);
  }
});
