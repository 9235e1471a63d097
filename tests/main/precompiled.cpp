// Nothing: the source for which Catch2's header is precompiled (main.cpp must not use it).
