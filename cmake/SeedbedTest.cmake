# seedbed_add_test(name files...): a Catch2 program whose test names become ctest names.
if(SEEDBED_TESTS)
  find_package(Catch2 2.13 REQUIRED)
  include(Catch)
endif()

function(seedbed_add_test name)
  if(NOT SEEDBED_TESTS)
    return()
  endif()
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE seedbed_test_main)
  target_precompile_headers(${name} REUSE_FROM seedbed_test_main)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  catch_discover_tests(${name} TEST_PREFIX "${name}: " DISCOVERY_MODE PRE_TEST)
endfunction()

# seedbed_add_scripts(prefix): every *_test.py of this folder is a test. They run the program and
# read what it wrote, with tests/end_to_end/program.py.
function(seedbed_add_scripts prefix)
  find_program(PYTHON3 python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)
  file(GLOB scripts CONFIGURE_DEPENDS *_test.py)
  foreach(script ${scripts})
    get_filename_component(name ${script} NAME_WE)
    add_test(NAME "${prefix}: ${name}" COMMAND ${PYTHON3} ${script} -v)
    set(environment SEEDBED=$<TARGET_FILE:seedbed> SEEDBED_SOURCE=${CMAKE_SOURCE_DIR}
      SEEDBED_BUILD=${CMAKE_BINARY_DIR} SEEDBED_HAS_CHECK=${SEEDBED_HAS_CHECK}
      SEEDBED_COMPILER=${CMAKE_CXX_COMPILER_ID}-${CMAKE_BUILD_TYPE} PYTHONDONTWRITEBYTECODE=1
      PYTHONPATH=${CMAKE_SOURCE_DIR}/tests/end_to_end:${CMAKE_SOURCE_DIR}/tests/toolchains)
    set_tests_properties("${prefix}: ${name}" PROPERTIES ENVIRONMENT "${environment}"
      SKIP_RETURN_CODE 77)
  endforeach()
endfunction()

# The test of a plugin inside the tree: it has the laws, the oracle and every other plugin.
function(seedbed_add_plugin_test name)
  if(NOT SEEDBED_TESTS)
    return()
  endif()
  seedbed_add_test(${name}_test ${ARGN})
  target_link_libraries(${name}_test PRIVATE $<TARGET_NAME_IF_EXISTS:seedbed_contract>
    $<TARGET_NAME_IF_EXISTS:seedbed_oracle>)
  add_dependencies(${name}_test plugins)
endfunction()

# seedbed_add_layer(name links...): a static library of the framework, and its test.
function(seedbed_add_layer name)
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  file(GLOB tests CONFIGURE_DEPENDS *_test.cpp)
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  add_library(seedbed_${name} STATIC ${sources})
  target_include_directories(seedbed_${name} PUBLIC ${CMAKE_SOURCE_DIR}/framework)
  target_link_libraries(seedbed_${name} PUBLIC Seedbed::sdk ${ARGN} PRIVATE seedbed_build)
  if(tests AND SEEDBED_TESTS)
    seedbed_add_test(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE seedbed_${name})
  endif()
endfunction()
