// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/parameter.h"

#include <QHash>
#include <QStringList>
#include <QWidget>
#include <memory>

class QFormLayout;

namespace simclr::ui {

class ParameterEditor;

/// A form generated from a schema: one control per parameter, grouped under the headings of Parameter::group,
/// with tooltips, limits, steps and units from the schema. It is only a view: setValues() shows values,
/// valueEdited() reports changes by the user. The objectName of every control is the parameter's id.
class ParameterForm : public QWidget {
    Q_OBJECT
  public:
    explicit ParameterForm(const Schema &schema, QWidget *parent = nullptr);
    ~ParameterForm() override;

    const Schema &schema() const;
    Values values() const;
    /// Shows these values without emitting valueEdited(). Ids that are not in the schema are ignored.
    void setValues(const Values &values);

    /// Marks the controls of these parameters by a bold title, as different from something.
    void setMarked(const QStringList &ids);

  Q_SIGNALS:
    void valueEdited(const QString &id, const simclr::Value &value);

  private:
    Schema m_schema;
    QHash<QString, ParameterEditor *> m_editors;
};

} // namespace simclr::ui
