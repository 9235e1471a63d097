# seedbed_share_headers(name level): this library of plugins in C++ reads what nearly all of them
# include from a precompiled header, one for each kind of CPU: half of the time of a short one.
function(seedbed_share_headers name level)
  get_target_property(sources ${name} SOURCES)
  if(sources MATCHES "\\.c(;|$)")
    return()
  endif()
  set(headers seedbed_plugin_headers${level})
  if(NOT TARGET ${headers})
    set(source ${PROJECT_BINARY_DIR}/nothing.cpp)
    file(TOUCH ${source})
    add_library(${headers} OBJECT ${source})
    target_link_libraries(${headers} PRIVATE Seedbed::sdk seedbed_build)
    target_compile_options(${headers} PRIVATE $<$<CONFIG:>:-O3>)
    set_target_properties(${headers} PROPERTIES SEEDBED_LEVEL "${level}"
      POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
    target_precompile_headers(${headers} PRIVATE <sleef.h> <algorithm> <array> <bit> <cmath>
      <cstring> <functional> <limits> <memory> <span> <stdexcept> <string> <vector>)
  endif()
  target_precompile_headers(${name} REUSE_FROM ${headers})
endfunction()
