// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/train_options.h"

#include <QWidget>

class QToolButton;

namespace simclr::ui {

class ParameterForm;

/// Everything that can be chosen about a run, made from the one description of TrainOptions: what people
/// change often on top, the rest behind "More". Remembers the choices in the settings. Owned by the
/// TrainPage.
class TrainForm : public QWidget {
    Q_OBJECT
  public:
    explicit TrainForm(QWidget *parent = nullptr);

    /// What the person chose, also while show() shows something else.
    const TrainOptions &options() const { return m_options; }
    void setOptions(const TrainOptions &options);

    /// Shows a run's options instead, unchangeable, until showOwn().
    void showRun(const TrainOptions &options);
    /// What all options need beside one another, those that are folded away too; pixels.
    int fullWidth() const;
    void showOwn();

  Q_SIGNALS:
    void edited();

  private:
    void edit(const QString &id, const Value &value);
    void display(const TrainOptions &options, bool readOnly);
    void setMoreVisible(bool visible);

    TrainOptions m_options;
    ParameterForm *m_common;
    ParameterForm *m_rare;
    QToolButton *m_more;
};

} // namespace simclr::ui
