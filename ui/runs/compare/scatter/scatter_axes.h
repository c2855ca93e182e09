// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QCPAxis;

namespace simclr::ui {

struct FigureField;

/// Gives an axis the scale, the ticks and the label of a field: numbers with their units, dates, or the names
/// of categories. Categories are never logarithmic.
void showFieldOnAxis(QCPAxis &axis, const FigureField &field, bool isLogarithmic);

/// The range of all values between `low` and `high`, with room around it; of categories, all of them.
void fitAxis(QCPAxis &axis, const FigureField &field, double low, double high);

} // namespace simclr::ui
