// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/parameter.h"

#include <QHash>
#include <QWidget>
#include <memory>

class QFormLayout;

namespace simclr::ui {

class ParameterEditor;

/// A form made from a schema: one control a parameter, grouped under the headings of Parameter::group, with
/// tooltips, limits, steps and units from the description. It holds no values of its own meaning: setValues()
/// shows some, valueEdited() tells what the person changed. Every control's objectName is the parameter's id.
class ParameterForm : public QWidget {
    Q_OBJECT
  public:
    explicit ParameterForm(const Schema &schema, QWidget *parent = nullptr);
    ~ParameterForm() override;

    const Schema &schema() const;
    Values values() const;
    /// Shows these values without telling valueEdited(). Ids that the schema lacks are ignored.
    void setValues(const Values &values);
    /// Shows everything but lets nothing be changed.
    void setReadOnly(bool readOnly);

  Q_SIGNALS:
    void valueEdited(const QString &id, const simclr::Value &value);

  private:
    Schema m_schema;
    QHash<QString, ParameterEditor *> m_editors;
};

} // namespace simclr::ui
