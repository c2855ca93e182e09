// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QString>
#include <optional>

class QWidget;

namespace simclr::ui {

/// A widget that shows a value in a way of its own, and tells it to screen readers: its accessible name says
/// what the value is of. Mixed into widget classes.
class Spoken {
  public:
    Spoken();
    virtual ~Spoken() = default;
    Spoken(const Spoken &) = delete;
    Spoken &operator=(const Spoken &) = delete;

    virtual QAccessible::Role spokenRole() const = 0;
    /// As a person reads it.
    virtual QString spokenValue() const = 0;
    /// The same as a number of 0 to 100, where it is one.
    virtual std::optional<double> spokenPercent() const { return std::nullopt; }
};

/// Has screen readers told of Spoken widgets, and of flat buttons of which one of several is down as radio
/// buttons; Qt takes those for check boxes. May be called often.
void installAccessibleInterfaces();

/// Tells screen readers that the value of this widget is another one now.
void tellSpokenValue(QWidget &widget);

} // namespace simclr::ui
