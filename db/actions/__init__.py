"""The only writes: one module a noun, one function a verb, the actor is `by`, one audited transaction each."""
