// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QStringList>
#include <functional>

class QCompleter;
class QStringListModel;

namespace simclr::ui {

/// What may be written at the cursor of a filter, and which characters of the line it replaces.
struct FilterCompletions {
    QStringList texts;
    int from = 0;
    int length = 0;
};

/// The line that filters runs: completes names and values while the user types, and underlines the place of
/// a problem. Owned by the RunsFilterBar.
class FilterLine : public QLineEdit {
    Q_OBJECT
  public:
    explicit FilterLine(QWidget *parent = nullptr);

    /// `complete(line, cursor)` gives the completions; a quick function, called at each key.
    void setCompletions(std::function<FilterCompletions(const QString &line, int cursor)> complete);
    /// Underlines `length` characters from `from`; 0 removes the line.
    void mark(int from, int length);

  protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

  private:
    void complete(bool isWanted);
    void insert(const QString &completion);

    std::function<FilterCompletions(const QString &, int)> m_complete;
    FilterCompletions m_offered;
    QCompleter *m_completer;
    QStringListModel *m_texts;
    int m_markFrom = 0;
    int m_markLength = 0;
};

} // namespace simclr::ui
