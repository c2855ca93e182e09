// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "ui/widgets/card.h"

#include <functional>

class QCheckBox;
class QHBoxLayout;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace simclr::ui {

class DragHandle;
class NumberSpinBox;
class ParameterForm;
class StepColumn;

/// One step of the pipeline: switch, title, probability, and under it the form of its parameters; of a
/// combination also the cards of the steps that it combines. It shows a step and tells what the person wants;
/// the document decides. Keys on the card itself: Delete, Space, Enter, Up, Down; those that do not need the
/// card to be focused belong to the StepCommands. Owned by its StepColumn; UI thread.
class StepCard : public Card {
    Q_OBJECT
  public:
    /// `wire` is for the cards in a combination.
    StepCard(const PipelineStep &step, const std::function<void(StepCard &)> &wire,
             QWidget *parent = nullptr);

    const PipelineStep &step() const { return m_step; }
    /// Whether the step is of this card's operation.
    bool canShow(const PipelineStep &step) const;
    /// Shows another state of a step of the same operation; `structure` where a combination may combine
    /// others than before.
    void setStep(const PipelineStep &step, bool structure);
    void setExpanded(bool expanded);
    /// Drawn as one of those that the next command is for.
    void setChosen(bool chosen);
    /// The column that it stands in.
    StepColumn *column() const;
    /// The cards of what it combines; nullptr where it does not combine.
    StepColumn *inner() const { return m_inner; }

  Q_SIGNALS:
    void enabledEdited(bool enabled);
    void probabilityEdited(double probability);
    void parameterEdited(const QString &id, const simclr::Value &value);
    void resetRequested();
    void duplicateRequested();
    /// Of this card, and those chosen with it.
    void removeRequested();
    /// While the card has the focus: meant for those that are chosen.
    void deletePressed();
    /// The same: to be switched on, or off.
    void switchPressed(bool enabled);
    /// The card was pressed, or the focus came to it.
    void pressed(Qt::KeyboardModifiers modifiers);
    void menuRequested(const QPoint &globalPosition);
    /// To the card before (−1) or behind (+1).
    void stepAsideRequested(int direction, Qt::KeyboardModifiers modifiers);
    void dragMoved(const QPoint &globalPosition);
    void dragFinished(const QPoint &globalPosition);

  protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

  private:
    QHBoxLayout *makeHeader(const QString &title, bool known);
    void addButtons(QHBoxLayout &header);
    void makeBody(QVBoxLayout &layout, const std::function<void(StepCard &)> &wire);
    void toggleExpanded();
    bool hasBody() const { return m_form || m_inner; }
    bool isAsMade() const;
    void showState();

    PipelineStep m_step;
    DragHandle *m_handle;
    QCheckBox *m_enabled;
    QLabel *m_title;
    NumberSpinBox *m_probability = nullptr;
    QToolButton *m_reset;
    QToolButton *m_expand;
    ParameterForm *m_form = nullptr;
    StepColumn *m_inner = nullptr;
    bool m_isExpanded = true;
};

} // namespace simclr::ui
