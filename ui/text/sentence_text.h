// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <exception>

namespace simclr::ui {

/// A sentence of core as it is shown on its own: it begins with a capital letter, unless its first word is a
/// name, a path, a number or in quotes. Within another sentence it stays as it is.
QString sentenceText(QString sentence);

/// What an error says, as a sentence on its own.
QString sentenceText(const std::exception &error);

} // namespace simclr::ui
