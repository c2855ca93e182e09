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

/// One step of the pipeline: switch, title, probability, and below them the form of its parameters; for a
/// combination also the cards of the combined steps. It shows a step and announces edits; the document
/// applies them. Keys on the card itself: Delete, Space, Enter, Up, Down; keys that do not need a focused
/// card belong to the StepCommands. Owned by its StepColumn; UI thread.
class StepCard : public Card {
    Q_OBJECT
  public:
    /// `wire` is called for each card in a combination.
    StepCard(const PipelineStep &step, const std::function<void(StepCard &)> &wire,
             QWidget *parent = nullptr);

    const PipelineStep &step() const { return m_step; }
    /// Whether the step has this card's operation.
    bool canShow(const PipelineStep &step) const;
    /// Shows another state of a step of the same operation; `structure` if the steps of a combination may
    /// have changed.
    void setStep(const PipelineStep &step, bool structure);
    void setExpanded(bool expanded);
    /// Paints the card as one that the next command applies to.
    void setChosen(bool chosen);
    /// The column that contains the card.
    StepColumn *column() const;
    /// The cards of the combined steps; nullptr if it is not a combination.
    StepColumn *inner() const { return m_inner; }

  Q_SIGNALS:
    void enabledEdited(bool enabled);
    void probabilityEdited(double probability);
    void parameterEdited(const QString &id, const simclr::Value &value);
    void resetRequested();
    void duplicateRequested();
    /// For this card and those selected with it.
    void removeRequested();
    /// While the card has the focus: for all selected cards.
    void deletePressed();
    /// The same, to enable or disable them.
    void switchPressed(bool enabled);
    /// The card was pressed or got the focus.
    void pressed(Qt::KeyboardModifiers modifiers);
    void menuRequested(const QPoint &globalPosition);
    /// Move the focus to the previous (−1) or next card (+1).
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
