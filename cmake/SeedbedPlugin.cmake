# seedbed_add_plugin(name): one shared library from the .cpp and .c files of this folder, with its
# data and its tests. One file, one function: inside the tree and after find_package(Seedbed).
#
# Version script: the entry is the only exported symbol. -z nodelete: never unloaded.
# -z defs: an unresolved symbol fails here and not in the middle of a run.
set(SEEDBED_PLUGIN_MAP ${CMAKE_CURRENT_LIST_DIR}/plugin.map)
if(NOT SEEDBED_PLUGIN_FOLDER)
  set(SEEDBED_PLUGIN_FOLDER ${CMAKE_BINARY_DIR}/plugins)
endif()

# The same plugin for newer CPUs, found at load beside it (framework/loader/variant.hpp). It names
# the build ID of the plugin that it belongs to.
function(seedbed_add_variant name level)
  get_target_property(sources ${name} SOURCES)
  set(variant ${name}-${level})
  add_library(${variant} MODULE ${sources})
  foreach(property LINK_LIBRARIES COMPILE_OPTIONS LINK_OPTIONS CXX_VISIBILITY_PRESET
      C_VISIBILITY_PRESET VISIBILITY_INLINES_HIDDEN CXX_EXTENSIONS)
    get_target_property(value ${name} ${property})
    set_property(TARGET ${variant} PROPERTY ${property} ${value})
  endforeach()
  set_target_properties(${variant} PROPERTIES PREFIX "" OUTPUT_NAME ${name} SEEDBED_LEVEL ${level}
    LIBRARY_OUTPUT_DIRECTORY ${SEEDBED_PLUGIN_FOLDER}/glibc-hwcaps/${level}
    LINK_DEPENDS $<TARGET_FILE:${name}>)
  add_dependencies(${variant} ${name})
  set(id ${CMAKE_CURRENT_BINARY_DIR}/${variant}.id)
  add_custom_command(TARGET ${variant} POST_BUILD
    COMMAND ${CMAKE_OBJCOPY} --dump-section .note.gnu.build-id=${id} $<TARGET_FILE:${name}>
      ${id}.copy
    COMMAND ${CMAKE_OBJCOPY} --add-section .seedbed.base=${id} $<TARGET_FILE:${variant}>)
  install(TARGETS ${variant} LIBRARY DESTINATION lib/seedbed/plugins/glibc-hwcaps/${level}
    COMPONENT program)
  if(TARGET plugins)
    add_dependencies(plugins ${variant})
  endif()
endfunction()

function(seedbed_add_plugin name)
  file(GLOB sources CONFIGURE_DEPENDS *.cpp *.c)
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  add_library(${name} MODULE ${sources})
  target_link_libraries(${name} PRIVATE Seedbed::sdk $<TARGET_NAME_IF_EXISTS:seedbed_build>)
  target_compile_options(${name} PRIVATE $<$<CONFIG:>:-O3>) # where no build type was chosen
  target_link_options(${name} PRIVATE -Wl,-z,nodelete -Wl,--build-id
    -Wl,--version-script=${SEEDBED_PLUGIN_MAP} $<$<NOT:$<BOOL:${SEEDBED_SANITIZE}>>:-Wl,-z,defs>)
  set_target_properties(${name} PROPERTIES PREFIX "" CXX_VISIBILITY_PRESET hidden
    C_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON CXX_EXTENSIONS OFF
    LIBRARY_OUTPUT_DIRECTORY ${SEEDBED_PLUGIN_FOLDER})
  install(TARGETS ${name} LIBRARY DESTINATION lib/seedbed/plugins COMPONENT program)
  foreach(level ${SEEDBED_VARIANTS})
    seedbed_add_variant(${name} ${level})
  endforeach()
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/data) # found by parameters of type file
    file(GLOB data CONFIGURE_DEPENDS data/*)
    file(COPY ${data} DESTINATION ${SEEDBED_PLUGIN_FOLDER}/${name})
    install(FILES ${data} DESTINATION lib/seedbed/plugins/${name} COMPONENT program)
  endif()
  if(SEEDBED_HAS_CHECK)
    add_test(NAME "check: ${name}" COMMAND ${SEEDBED_PROGRAM} check $<TARGET_FILE:${name}>)
  endif()
  file(GLOB tests CONFIGURE_DEPENDS *_test.cpp)
  if(tests)
    seedbed_add_plugin_test(${name} ${tests})
  endif()
endfunction()
