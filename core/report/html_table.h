// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html_writer.h"

#include <string>
#include <vector>

namespace simclr {

/// A cell of a table: a text, and what is said below it in small letters.
struct HtmlCell {
    std::string text;
    std::string detail = {};
    bool isNumber = false;
    bool isBest = false;
};

using HtmlRow = std::vector<HtmlCell>;

/// Writes a table that scrolls sideways on a narrow screen. The header has as many cells as each row; columns
/// of numbers are aligned right.
void writeTable(HtmlWriter &html, const std::vector<std::string> &header, const std::vector<HtmlRow> &rows);

/// A cell aligned as a number.
HtmlCell numberCell(std::string text, std::string detail = {});

} // namespace simclr
