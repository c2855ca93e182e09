# SPDX-License-Identifier: GPL-3.0-or-later
# Finds every third-party library and defines its target, in one place.

find_package(Threads REQUIRED)
find_package(OpenCV 4.6 REQUIRED COMPONENTS core imgproc imgcodecs)
find_package(JPEG REQUIRED)
find_package(PNG REQUIRED)
find_package(TIFF 4.5 REQUIRED)
find_package(GIF REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(WEBP REQUIRED IMPORTED_TARGET libwebp libwebpdemux)
find_package(SQLite3 REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(nlohmann_json 3.10 REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(CLI11 REQUIRED)
find_package(ZLIB REQUIRED)
if(SIMCLR_WITH_ARCHIVES)
  find_package(LibArchive REQUIRED)
endif()
find_package(LibTorch REQUIRED)

add_library(simclr_opencv INTERFACE)
add_library(Simclr::OpenCV ALIAS simclr_opencv)
target_include_directories(simclr_opencv SYSTEM INTERFACE ${OpenCV_INCLUDE_DIRS})
target_link_libraries(simclr_opencv INTERFACE opencv_core opencv_imgproc opencv_imgcodecs)

# The decoders of image files.
add_library(simclr_image_files INTERFACE)
add_library(Simclr::ImageFiles ALIAS simclr_image_files)
target_link_libraries(simclr_image_files INTERFACE JPEG::JPEG PNG::PNG TIFF::TIFF GIF::GIF PkgConfig::WEBP)

if(SIMCLR_WITH_UI)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core DBus Gui Widgets Svg PrintSupport)
  find_package(QCustomPlotQt6 REQUIRED)
endif()
if(SIMCLR_WITH_TESTS)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Test)
endif()
