// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/parameter.h"

#include <QWidget>

namespace simclr::ui {

/// The control of one parameter of any kind. Owned by its ParameterForm; UI thread.
class ParameterEditor : public QWidget {
    Q_OBJECT
  public:
    static ParameterEditor *create(const Parameter &parameter, QWidget *parent);

    virtual Value value() const = 0;
    /// Shows a value of the parameter's kind without emitting edited().
    virtual void setValue(const Value &value) = 0;
    /// Whether the control shows the title itself, like a check box.
    virtual bool showsTitle() const { return false; }

  Q_SIGNALS:
    void edited(const simclr::Value &value);

  protected:
    ParameterEditor(const Parameter &parameter, QWidget *parent);

    /// Gives a control its name, tooltip and accessible name; `part` distinguishes the controls of one
    /// parameter.
    void describe(QWidget *control, const QString &part = {}) const;
    const Parameter &parameter() const { return m_parameter; }

  private:
    Parameter m_parameter;
};

} // namespace simclr::ui
