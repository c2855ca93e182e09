// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// Numbers of the fields that are read or written, as in tensorflow/core/util/event.proto,
/// tensorflow/core/framework/summary.proto and tensorboard/plugins/hparams/plugin_data.proto.
namespace simclr::field {

inline constexpr std::uint32_t eventWallTime = 1;
inline constexpr std::uint32_t eventStep = 2;
inline constexpr std::uint32_t eventFileVersion = 3;
inline constexpr std::uint32_t eventSummary = 5;
inline constexpr std::uint32_t eventSessionLog = 7;

inline constexpr std::uint32_t sessionLogStatus = 1;

inline constexpr std::uint32_t summaryValue = 1;

inline constexpr std::uint32_t valueTag = 1;
inline constexpr std::uint32_t valueSimple = 2;
inline constexpr std::uint32_t valueTensor = 8;
inline constexpr std::uint32_t valueMetadata = 9;

inline constexpr std::uint32_t metadataPlugin = 1;
inline constexpr std::uint32_t pluginName = 1;
inline constexpr std::uint32_t pluginContent = 2;

inline constexpr std::uint32_t hparamsVersion = 1;
inline constexpr std::uint32_t hparamsStart = 3;
inline constexpr std::uint32_t hparamsEnd = 4;

inline constexpr std::uint32_t startOptions = 1;
inline constexpr std::uint32_t startGroup = 4;
inline constexpr std::uint32_t startTime = 5;
inline constexpr std::uint32_t endStatus = 1;
inline constexpr std::uint32_t endTime = 2;

inline constexpr std::uint32_t entryKey = 1;
inline constexpr std::uint32_t entryValue = 2;

inline constexpr std::uint32_t jsonNumber = 2;
inline constexpr std::uint32_t jsonText = 3;
inline constexpr std::uint32_t jsonTruth = 4;

} // namespace simclr::field
