set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_VERIFY_INTERFACE_HEADER_SETS OFF CACHE BOOL "compile each public header alone (target all_verify_interface_header_sets)")

add_library(restorable_flags INTERFACE)
target_compile_options(restorable_flags INTERFACE
  # Not in a build by pip: a user's compiler may know more warnings than ours.
  -Wall -Wextra -Wpedantic $<$<NOT:$<BOOL:${SKBUILD}>>:-Werror> -Wshadow
  -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual
  -Wnull-dereference -Wimplicit-fallthrough
  # Designated initializers leave the members with a default out on purpose.
  -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports both on its own std::string and std::variant code at -O2.
  target_compile_options(restorable_flags INTERFACE
    -Wno-restrict -Wno-maybe-uninitialized -Wno-null-dereference)
endif()
if(RESTORABLE_SANITIZE)
  target_compile_options(restorable_flags INTERFACE
    -fsanitize=${RESTORABLE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(restorable_flags INTERFACE -fsanitize=${RESTORABLE_SANITIZE})
endif()
