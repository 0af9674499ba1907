e = "not loaded by itself"
