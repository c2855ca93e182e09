// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/fill.h"

namespace simclr {

Parameter fillParameter(std::string help) {
    return {.id = "fill",
            .title = "Fill",
            .help = std::move(help),
            .choices = {{"black", "Black"}, {"grey", "Grey (128)"}}};
}

Color fillColor(const std::string &id) {
    return id == "grey" ? Color{128, 128, 128} : Color{0, 0, 0};
}

} // namespace simclr
