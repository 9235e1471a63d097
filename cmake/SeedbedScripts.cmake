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
    # Long ones first, so that short ones fill what is left at the end.
    set_tests_properties("${prefix}: ${name}" PROPERTIES ENVIRONMENT "${environment}"
      SKIP_RETURN_CODE 77 COST 10)
  endforeach()
endfunction()
