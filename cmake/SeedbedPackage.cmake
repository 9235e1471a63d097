# What others build against: the CMake package, the pkg-config file and the Debian packages.
# The build tree is laid out as an installation: with <build>/bin in PATH, CMake finds the package.
include(CMakePackageConfigHelpers)
set(package lib/cmake/Seedbed)
list(JOIN SEEDBED_BITS " " SEEDBED_BITS_TEXT)

install(TARGETS seedbed_sdk seedbed_bits EXPORT SeedbedTargets
  FILE_SET HEADERS DESTINATION include COMPONENT sdk)
install(EXPORT SeedbedTargets NAMESPACE Seedbed:: DESTINATION ${package} COMPONENT sdk)
export(EXPORT SeedbedTargets NAMESPACE Seedbed::
  FILE ${CMAKE_BINARY_DIR}/${package}/SeedbedTargets.cmake)
configure_package_config_file(cmake/SeedbedConfig.cmake.in
  ${CMAKE_BINARY_DIR}/${package}/SeedbedConfig.cmake INSTALL_DESTINATION ${package}
  NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/${package}/SeedbedConfigVersion.cmake
  COMPATIBILITY SameMajorVersion)
foreach(file SeedbedPlugin.cmake SeedbedPluginTest.cmake plugin.map)
  configure_file(cmake/${file} ${CMAKE_BINARY_DIR}/${package}/${file} COPYONLY)
endforeach()
install(DIRECTORY ${CMAKE_BINARY_DIR}/${package}/ DESTINATION ${package} COMPONENT sdk
  PATTERN SeedbedTargets.cmake EXCLUDE)
configure_file(cmake/seedbed.pc.in seedbed.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/seedbed.pc DESTINATION lib/pkgconfig COMPONENT sdk)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The Seedbed authors <seedbed@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program sdk)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME seedbed)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_SDK_PACKAGE_NAME seedbed-dev)
set(CPACK_DEBIAN_SDK_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_SDK_PACKAGE_DEPENDS "seedbed (= ${PROJECT_VERSION}), libsleef-dev, g++ (>= 4:10)")
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "The program, its plugins and their data")
set(CPACK_COMPONENT_SDK_DESCRIPTION "What plugins are written with: headers, CMake package")
include(CPack)
