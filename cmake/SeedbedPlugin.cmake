# seedbed_add_plugin(name): one shared library from the .cpp files of this folder, and its test.
#
# Version script: the entry is the only exported symbol. -z nodelete: never unloaded.
# -z defs: an unresolved symbol fails here and not in the middle of a run.
set(SEEDBED_PLUGIN_MAP ${CMAKE_CURRENT_LIST_DIR}/plugin.map)
set(SEEDBED_PLUGIN_FOLDER ${CMAKE_BINARY_DIR}/lib/seedbed/plugins)

add_custom_target(plugins) # all of them: what a user needs beside the program

function(seedbed_add_plugin name)
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  add_library(${name} MODULE ${sources})
  target_link_libraries(${name} PRIVATE Seedbed::sdk seedbed_build)
  add_dependencies(plugins ${name})
  target_link_options(${name} PRIVATE -Wl,-z,nodelete
    -Wl,--version-script=${SEEDBED_PLUGIN_MAP} $<$<NOT:$<BOOL:${SEEDBED_SANITIZE}>>:-Wl,-z,defs>)
  set_target_properties(${name} PROPERTIES PREFIX "" CXX_VISIBILITY_PRESET hidden
    C_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LIBRARY_OUTPUT_DIRECTORY ${SEEDBED_PLUGIN_FOLDER})
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/data) # found by parameters of type file
    file(GLOB data CONFIGURE_DEPENDS data/*)
    file(COPY ${data} DESTINATION ${SEEDBED_PLUGIN_FOLDER}/${name})
  endif()
  file(GLOB tests CONFIGURE_DEPENDS *_test.cpp)
  if(SEEDBED_TESTS AND tests)
    seedbed_add_test(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE $<TARGET_NAME_IF_EXISTS:seedbed_contract>
      $<TARGET_NAME_IF_EXISTS:seedbed_oracle>)
    add_dependencies(${name}_test plugins) # it may use any of them
  endif()
endfunction()
