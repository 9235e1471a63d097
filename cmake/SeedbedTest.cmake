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
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests
    UNITY_BUILD ${SEEDBED_UNITY})
  catch_discover_tests(${name} TEST_PREFIX "${name}: " DISCOVERY_MODE PRE_TEST)
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

# seedbed_add_layer(name [COLD] links...): a static library of the framework, and its test.
function(seedbed_add_layer name)
  cmake_parse_arguments(layer "COLD" "" "" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  file(GLOB tests CONFIGURE_DEPENDS *_test.cpp)
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  add_library(seedbed_${name} STATIC ${sources})
  target_include_directories(seedbed_${name} PUBLIC ${CMAKE_SOURCE_DIR}/framework)
  target_link_libraries(seedbed_${name} PUBLIC Seedbed::sdk ${layer_UNPARSED_ARGUMENTS}
    PRIVATE seedbed_build $<$<BOOL:${layer_COLD}>:seedbed_cold>)
  set_target_properties(seedbed_${name} PROPERTIES UNITY_BUILD ${SEEDBED_UNITY})
  if(tests AND SEEDBED_TESTS)
    seedbed_add_test(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE seedbed_${name})
  endif()
endfunction()
