find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
pkg_check_modules(yaml REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tl-expected REQUIRED)

# The zone database's reader comes without a CMake or pkg-config file.
find_path(cctz_INCLUDE_DIR cctz/time_zone.h REQUIRED)
find_library(cctz_LIBRARY cctz REQUIRED)
add_library(cctz::cctz UNKNOWN IMPORTED)
set_target_properties(cctz::cctz PROPERTIES
  IMPORTED_LOCATION ${cctz_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${cctz_INCLUDE_DIR})
