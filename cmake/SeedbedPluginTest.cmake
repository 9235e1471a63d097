# The test of a plugin outside of the tree: a program that includes what it tests and returns 0.
function(seedbed_add_plugin_test name)
  add_executable(${name}_test ${ARGN})
  target_link_libraries(${name}_test PRIVATE Seedbed::sdk)
  set_target_properties(${name}_test PROPERTIES CXX_EXTENSIONS OFF)
  add_test(NAME "${name}_test" COMMAND ${name}_test)
endfunction()
