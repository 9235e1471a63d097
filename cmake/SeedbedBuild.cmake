# How everything here is compiled: the settings that bits and warnings depend on.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_UNITY_BUILD_BATCH_SIZE 16) # half of a file's time is the headers that all of them read
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O3" CACHE STRING "" FORCE) # asserts stay: they are off the hot path

# g++ collects its garbage beyond 512 MB only: 8 % of a full build, 0.2 GB more for a large file.
add_compile_options("$<$<CXX_COMPILER_ID:GNU>:SHELL:--param ggc-min-heapsize=524288>")

find_program(CCACHE ccache)
if(CCACHE)
  # Files that use a precompiled header are kept, too, on two conditions: this, and that g++ says
  # which one a file uses.
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  add_compile_options($<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fpch-preprocess>)
endif()

# Same bits on every x86-64-v3 machine and from both compilers (framework/README.md, Determinism).
# A target with the property SEEDBED_LEVEL is for newer CPUs than others (SeedbedPlugin.cmake).
set(SEEDBED_LEVEL x86-64-v3)
if(SEEDBED_NATIVE)
  set(SEEDBED_LEVEL native)
endif()
set(SEEDBED_BITS -ffp-contract=off -fopenmp-simd)
set(level $<TARGET_PROPERTY:SEEDBED_LEVEL>)
add_library(seedbed_bits INTERFACE)
target_compile_options(seedbed_bits INTERFACE ${SEEDBED_BITS}
  -march=$<IF:$<BOOL:${level}>,${level},${SEEDBED_LEVEL}>)
list(APPEND SEEDBED_BITS -march=${SEEDBED_LEVEL}) # of seedbed.pc
set_target_properties(seedbed_bits PROPERTIES EXPORT_NAME bits)

# g++ 12 warns of its own std::string (-Wno-restrict, GCC bug 105651) and, with -O2, of a std::vector that
# is moved (-Wno-free-nonheap-object).
add_library(seedbed_build INTERFACE)
target_compile_options(seedbed_build INTERFACE -Wall -Wextra -Wconversion -Wshadow
  "$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-free-nonheap-object>")
target_link_libraries(seedbed_build INTERFACE seedbed_bits)

# Code that no step of an environment waits for: a quarter less time to compile, the same bits.
add_library(seedbed_cold INTERFACE)
target_compile_options(seedbed_cold INTERFACE $<$<CONFIG:Release>:-O1>)
