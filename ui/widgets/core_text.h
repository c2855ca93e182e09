// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/message.h"

#include <QString>
#include <string_view>

namespace simclr::ui {

/// A text of core (a title, help, unit or heading), translated. Translators find all of them in
/// i18n/core_texts.h.
QString coreText(std::string_view text);

/// A message of core (a finding, remedy or note), translated, with its numbers in the user's locale.
QString coreText(const Message &message);

} // namespace simclr::ui
