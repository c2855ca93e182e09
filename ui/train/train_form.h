// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/train_options.h"

#include <QWidget>

class QToolButton;

namespace simclr::ui {

class ParameterForm;

/// The form of all training options, built from the description of TrainOptions: options that often change
/// on top, the others behind "More". Stores the choices in the settings. Owned by the TrainPage.
class TrainForm : public QWidget {
    Q_OBJECT
  public:
    explicit TrainForm(QWidget *parent = nullptr);

    const TrainOptions &options() const { return m_options; }
    void setOptions(const TrainOptions &options);
    /// As if the user had edited this option here; an invalid value changes nothing.
    void setOption(const QString &id, const Value &value);

    /// Marks these options as different from those of a run.
    void setMarked(const QStringList &ids);

    /// The width in pixels that all options need, those behind "More" included.
    int fullWidth() const;

  Q_SIGNALS:
    void edited();

  private:
    void edit(const QString &id, const Value &value);
    void display();
    void setMoreVisible(bool visible);

    TrainOptions m_options;
    ParameterForm *m_common;
    ParameterForm *m_rare;
    QToolButton *m_more;
};

} // namespace simclr::ui
