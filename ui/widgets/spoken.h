// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QString>
#include <optional>

class QWidget;

namespace simclr::ui {

/// A widget that reports its value to screen readers; its accessible name says what the value means. Mixed
/// into widget classes.
class Spoken {
  public:
    Spoken();
    virtual ~Spoken() = default;
    Spoken(const Spoken &) = delete;
    Spoken &operator=(const Spoken &) = delete;

    virtual QAccessible::Role spokenRole() const = 0;
    /// The value as text.
    virtual QString spokenValue() const = 0;
    /// The value as a number from 0 to 100, if it is a percentage.
    virtual std::optional<double> spokenPercent() const { return std::nullopt; }
};

/// Installs the accessible interfaces of Spoken widgets and of exclusive tool buttons, which are reported as
/// radio buttons (Qt reports check boxes). May be called repeatedly.
void installAccessibleInterfaces();

/// Notifies screen readers that the value of this widget has changed.
void notifySpokenValue(QWidget &widget);

} // namespace simclr::ui
