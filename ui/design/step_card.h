// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "ui/widgets/card.h"

class QCheckBox;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace simclr::ui {

class DragHandle;
class NumberSpinBox;
class ParameterForm;

/// One step of the pipeline: switch, title, probability, and under it the form of its parameters. It shows a
/// step and tells what the person wants; the document decides. Keys on the card: Delete, Ctrl+D, Alt+Up,
/// Alt+Down, Space. Owned by the PipelineList; UI thread.
class StepCard : public Card {
    Q_OBJECT
  public:
    explicit StepCard(const PipelineStep &step, QWidget *parent = nullptr);

    const PipelineStep &step() const { return m_step; }
    /// Shows another state of a step of the same operation.
    void setStep(const PipelineStep &step);
    void setExpanded(bool expanded);

  Q_SIGNALS:
    void enabledEdited(bool enabled);
    void probabilityEdited(double probability);
    void parameterEdited(const QString &id, const simclr::Value &value);
    void duplicateRequested();
    void removeRequested();
    /// One place up (−1) or down (+1).
    void moveRequested(int direction);
    void dragMoved(const QPoint &globalPosition);
    void dragFinished(const QPoint &globalPosition);

  protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

  private:
    QHBoxLayout *makeHeader(const QString &title, bool known);
    QWidget *makeBody();
    void addShortcuts();
    void showState();

    PipelineStep m_step;
    DragHandle *m_handle;
    QCheckBox *m_enabled;
    QLabel *m_title;
    NumberSpinBox *m_probability = nullptr;
    QToolButton *m_expand;
    ParameterForm *m_form = nullptr;
    QWidget *m_body = nullptr;
};

} // namespace simclr::ui
