// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline_edit.h"

#include <QObject>
#include <functional>
#include <vector>

class QAction;
class QKeySequence;
class QMenu;

namespace simclr::ui {

class PipelineDocument;
class PipelineList;

/// The commands on the selected steps, by keys and by a menu: copy and paste as JSON text, duplicate, move,
/// put into a combination and take out of it, reset, remove. Owned by the PipelinePanel; UI thread.
class StepCommands : public QObject {
    Q_OBJECT
  public:
    StepCommands(PipelineDocument &document, PipelineList &list, QObject *parent = nullptr);

    /// All commands; opened by a button or on a card. Owned by the list.
    QMenu *menu() const { return m_menu; }

  Q_SIGNALS:
    /// Why a command failed; nothing has changed.
    void failed(const QString &reason);

  private:
    QAction *add(const char *name, const char *icon, const QString &text, const QKeySequence &keys,
                 void (StepCommands::*work)());
    void addKey(const QKeySequence &keys, void (StepCommands::*work)());
    void addCombinations();
    void attempt(const std::function<void()> &work);
    void showWhatCanBeDone();

    void copy();
    void cut();
    void paste();
    void duplicate();
    void remove();
    void reset();
    void chooseAll();
    void dissolve();
    void moveUp();
    void moveDown();
    void moveIn();
    void moveOut();
    void moveTo(const std::vector<StepPath> &moved, const StepPath &to);
    void copyToOtherView();
    void combine(const QString &combination);

    PipelineDocument &m_document;
    PipelineList &m_list;
    QMenu *m_menu;
    QMenu *m_combinations = nullptr;
    std::vector<QAction *> m_onChosen; ///< those that need a selected step
    QAction *m_paste = nullptr;
    QAction *m_dissolve = nullptr;
    QAction *m_otherView = nullptr;
};

} // namespace simclr::ui
