package io.weir.menu.file;

import io.weir.cli.Terminal;
import io.weir.cli.Terminal.Colour;
import io.weir.wechat.menu.Button;
import io.weir.wechat.menu.Menu;
import io.weir.wechat.menu.SelfButton;
import io.weir.wechat.menu.SelfMenu;
import java.util.ArrayList;
import java.util.List;

/** Draws menus as trees for people: a line per button with name, type and what it does, aligned on the screen. */
public final class MenuTree {
    private static final int GAP = 2;
    private static final int INDENTATION = 3;

    private final Terminal terminal;

    public MenuTree(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * A line of the tree.
     *
     * @param details such as the type and the key
     */
    public record Branch(String name, List<String> details, List<Branch> branches) {
        public Branch {
            details = List.copyOf(details);
            branches = List.copyOf(branches);
        }
    }

    /** What a menu has. */
    public static List<Branch> of(Menu menu) {
        return menu.buttons().stream().map(MenuTree::of).toList();
    }

    /** What a menu of the website has. */
    public static List<Branch> of(SelfMenu menu) {
        return menu.buttons().stream().map(MenuTree::of).toList();
    }

    /** A button with what hangs below it. */
    public static Branch of(Button button) {
        return button instanceof Button.SubMenu menu
                ? new Branch(
                        menu.name(),
                        List.of(),
                        menu.buttons().stream().map(MenuTree::of).toList())
                : new Branch(button.name(), List.of(typeOf(button), effect(button)), List.of());
    }

    private static String typeOf(Button button) {
        return button.type().isEmpty() ? "(no type)" : button.type();
    }

    /** What it sends, opens or pushes. */
    private static String effect(Button button) {
        if (button instanceof Button.Keyed keyed) {
            return keyed.key();
        }
        if (button instanceof Button.OfMaterial material) {
            return material.mediaId();
        }
        if (button instanceof Button.OfArticle article) {
            return article.articleId();
        }
        if (button instanceof Button.View view) {
            return view.url();
        }
        if (button instanceof Button.Miniprogram program) {
            return program.appid() + "  " + program.pagepath() + "  else " + program.url();
        }
        return button instanceof Button.Other other ? other.fields().toString() : "";
    }

    private static Branch of(SelfButton button) {
        if (button instanceof SelfButton.OfApi api) {
            return of(api.button());
        }
        if (button instanceof SelfButton.SubMenu menu) {
            return new Branch(
                    menu.name(),
                    List.of(),
                    menu.buttons().stream().map(MenuTree::of).toList());
        }
        return new Branch(button.name(), website(button), List.of());
    }

    private static List<String> website(SelfButton button) {
        if (button instanceof SelfButton.Text text) {
            return List.of("text", text.text());
        }
        if (button instanceof SelfButton.Image image) {
            return List.of("img", image.mediaId());
        }
        if (button instanceof SelfButton.Voice voice) {
            return List.of("voice", voice.mediaId());
        }
        if (button instanceof SelfButton.Video video) {
            return List.of("video", video.url());
        }
        if (button instanceof SelfButton.News news) {
            String titles = String.join(
                    " · ",
                    news.articles().stream().map(SelfButton.Article::title).toList());
            return List.of("news", titles.isEmpty() ? news.mediaId() : titles);
        }
        return List.of();
    }

    /** The lines of the tree. */
    public List<String> lines(List<Branch> branches) {
        int nameWidth = nameWidth(branches, 1);
        int typeWidth = typeWidth(branches);
        List<String> lines = new ArrayList<>();
        draw(branches, "", new Columns(nameWidth + GAP, typeWidth + GAP), lines);
        return lines;
    }

    private record Columns(int names, int types) {}

    private void draw(List<Branch> branches, String before, Columns columns, List<String> lines) {
        for (int index = 0; index < branches.size(); index++) {
            boolean isLast = index == branches.size() - 1;
            Branch branch = branches.get(index);
            lines.add(line(before + (isLast ? "└─ " : "├─ "), branch, columns));
            draw(branch.branches(), before + (isLast ? "   " : "│  "), columns, lines);
        }
    }

    private String line(String rails, Branch branch, Columns columns) {
        String name = oneLine(branch.name());
        StringBuilder line =
                new StringBuilder(terminal.paint(Colour.QUIET, rails)).append(terminal.paint(Colour.STRONG, name));
        if (!branch.details().isEmpty()) {
            String type = oneLine(branch.details().get(0));
            line.append(" ".repeat(Math.max(GAP, columns.names - rails.length() - Terminal.columns(name))))
                    .append(type)
                    .append(" ".repeat(Math.max(GAP, columns.types - Terminal.columns(type))))
                    .append(oneLine(String.join(
                            "  ", branch.details().subList(1, branch.details().size()))));
        }
        return line.toString().stripTrailing();
    }

    private static String oneLine(String text) {
        return Terminal.harmless(text.replace('\n', ' ').replace('\t', ' '));
    }

    private static int nameWidth(List<Branch> branches, int level) {
        return branches.stream()
                .mapToInt(each -> Math.max(
                        level * INDENTATION + Terminal.columns(oneLine(each.name())),
                        nameWidth(each.branches(), level + 1)))
                .max()
                .orElse(0);
    }

    private static int typeWidth(List<Branch> branches) {
        return branches.stream()
                .mapToInt(each -> Math.max(
                        each.details().isEmpty()
                                ? 0
                                : Terminal.columns(each.details().get(0)),
                        typeWidth(each.branches())))
                .max()
                .orElse(0);
    }
}
