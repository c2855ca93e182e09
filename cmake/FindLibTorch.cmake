# SPDX-License-Identifier: GPL-3.0-or-later
# Finds LibTorch by its headers and libraries and defines LibTorch::LibTorch.
#
# Torch's own TorchConfig.cmake requires a CUDA toolkit if Torch was built with CUDA; a program that only calls
# the C++ front end does not need one. So Debian's package (1.13), an unpacked LibTorch, and the one inside a
# Python `torch` package (CMAKE_PREFIX_PATH from torch.utils.cmake_prefix_path, or the package's folder) are all
# found the same way.

set(_prefixes "")
foreach(_prefix IN LISTS CMAKE_PREFIX_PATH)
  list(APPEND _prefixes "${_prefix}")
  if(_prefix MATCHES "share/cmake/?$")
    get_filename_component(_package "${_prefix}/../.." ABSOLUTE)
    list(APPEND _prefixes "${_package}")
  endif()
endforeach()

find_path(LibTorch_INCLUDE_DIR NAMES ATen/ATen.h HINTS ${_prefixes} PATH_SUFFIXES include)
find_path(LibTorch_API_INCLUDE_DIR NAMES torch/torch.h
  HINTS "${LibTorch_INCLUDE_DIR}/torch/csrc/api/include" ${_prefixes} PATH_SUFFIXES include)
foreach(_library torch torch_cpu c10)
  find_library(LibTorch_${_library}_LIBRARY NAMES ${_library} HINTS ${_prefixes} PATH_SUFFIXES lib)
endforeach()
get_filename_component(_torch_libdir "${LibTorch_torch_LIBRARY}" DIRECTORY)
foreach(_library torch_cuda c10_cuda)
  find_library(LibTorch_${_library}_LIBRARY NAMES ${_library} PATHS "${_torch_libdir}" NO_DEFAULT_PATH)
endforeach()
# cuDNN opens NVRTC by its bare name for convolutions that it compiles at run time. In a Python package NVRTC is
# in a folder that the loader does not search, so it is linked explicitly.
file(GLOB _nvidia_libdirs "${_torch_libdir}/../../nvidia/*/lib")
find_library(LibTorch_nvrtc_LIBRARY NAMES nvrtc libnvrtc.so.13 libnvrtc.so.12
  PATHS "${_torch_libdir}" ${_nvidia_libdirs} NO_DEFAULT_PATH)

set(LibTorch_VERSION "")
# Newer releases define the version numbers in a separate header.
foreach(_header "${LibTorch_API_INCLUDE_DIR}/torch/version.h" "${LibTorch_INCLUDE_DIR}/torch/headeronly/version.h")
  if(NOT EXISTS "${_header}" OR LibTorch_VERSION)
    continue()
  endif()
  file(STRINGS "${_header}" _lines REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
  foreach(_line IN LISTS _lines)
    string(REGEX MATCH "[0-9]+$" _number "${_line}")
    list(APPEND LibTorch_VERSION "${_number}")
  endforeach()
  list(JOIN LibTorch_VERSION "." LibTorch_VERSION)
endforeach()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibTorch
  REQUIRED_VARS LibTorch_torch_cpu_LIBRARY LibTorch_c10_LIBRARY LibTorch_INCLUDE_DIR LibTorch_API_INCLUDE_DIR
  VERSION_VAR LibTorch_VERSION)

if(LibTorch_FOUND AND NOT TARGET LibTorch::LibTorch)
  add_library(LibTorch::LibTorch INTERFACE IMPORTED)
  target_include_directories(LibTorch::LibTorch SYSTEM INTERFACE
    "${LibTorch_INCLUDE_DIR}" "${LibTorch_API_INCLUDE_DIR}")
  set(_libraries "${LibTorch_torch_cpu_LIBRARY}" "${LibTorch_c10_LIBRARY}")
  if(LibTorch_torch_cuda_LIBRARY)
    # No code here refers to a symbol of torch_cuda; loading the library registers the CUDA kernels.
    list(APPEND _libraries "-Wl,--push-state,--no-as-needed" "${LibTorch_torch_cuda_LIBRARY}"
      "${LibTorch_c10_cuda_LIBRARY}")
    if(LibTorch_nvrtc_LIBRARY)
      list(APPEND _libraries "${LibTorch_nvrtc_LIBRARY}")
    endif()
    list(APPEND _libraries "-Wl,--pop-state" "-Wl,--allow-shlib-undefined")
  endif()
  target_link_libraries(LibTorch::LibTorch INTERFACE ${_libraries} Threads::Threads)
endif()
mark_as_advanced(LibTorch_INCLUDE_DIR LibTorch_API_INCLUDE_DIR LibTorch_torch_LIBRARY LibTorch_torch_cpu_LIBRARY
  LibTorch_c10_LIBRARY LibTorch_torch_cuda_LIBRARY LibTorch_c10_cuda_LIBRARY LibTorch_nvrtc_LIBRARY)
