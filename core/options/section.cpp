// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/options/section.h"

#include <array>

namespace simclr {

const std::string &titleOf(Section section) {
    static const std::array<std::string, 11> titles{
        "",        "Encoder",   "Views and batch",      "Loss",           "Optimiser",        "Evaluation",
        "Machine", "Protocols", "Protocols that train", "Label fraction", "Data and features"};
    return titles.at(static_cast<std::size_t>(section));
}

} // namespace simclr
