# SPDX-License-Identifier: GPL-3.0-or-later
# Language level, warnings, sanitizers and the compiler cache. Every target of this project links
# Simclr::Options.

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # ccache caches precompiled headers only if it may ignore their time stamps; with paths relative to the
  # sources, a second clone reuses what the first one compiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1 "${CCACHE_PROGRAM}")
endif()

add_library(simclr_options INTERFACE)
add_library(Simclr::Options ALIAS simclr_options)
target_compile_features(simclr_options INTERFACE cxx_std_20)
# False warnings of GCC 12: overlapping copies in the code of std::string (-Wrestrict), and missing initialisers
# where designated initialisers leave members at their defaults.
target_compile_options(simclr_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
  -Woverloaded-virtual -Wundef
  -Wno-missing-field-initializers -Wno-restrict -Wno-stringop-overflow -fno-math-errno -fpch-preprocess)
target_include_directories(simclr_options INTERFACE "${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}/generated")
set(CMAKE_CXX_EXTENSIONS OFF)

if(SIMCLR_SANITIZE)
  target_compile_options(simclr_options INTERFACE -fsanitize=${SIMCLR_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(simclr_options INTERFACE -fsanitize=${SIMCLR_SANITIZE})
endif()
