// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/event.h"

#include <string>
#include <string_view>

namespace simclr {

/// The name of TensorBoard's plugin for the options of runs.
inline constexpr std::string_view hparamsPlugin = "hparams";

/// Reads the content of the plugin's metadata into the event. Lists and objects among the values are left
/// out, as TensorBoard does. Throws InvalidInput.
void readHparams(std::string_view content, Event &event);

/// The content of the plugin's metadata at the start of a session; values that are not numbers, texts or
/// truth values are written as JSON text.
std::string hparamsContent(const SessionStart &start);
/// The same at its end.
std::string hparamsContent(const SessionEnd &end);

} // namespace simclr
