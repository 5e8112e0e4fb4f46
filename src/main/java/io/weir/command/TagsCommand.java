package io.weir.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.cli.Table;
import io.weir.cli.Terminal;
import io.weir.client.Json;
import io.weir.client.calls.TagCalls;
import io.weir.client.calls.TagCalls.Tag;
import io.weir.client.calls.UserCalls.Page;
import io.weir.command.BaseCommand.WeChatCommand;
import io.weir.command.Commands.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir tags}: the tags of an account, and who carries them. */
@Command(
        name = "tags",
        header = "List, make, rename and delete tags, and say who carries them.",
        description = {"", "TAG is a tag's name or its id.", ""},
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir tags list --conf conf/weir.yaml",
            "  weir tags create VIP --conf conf/weir.yaml",
            "  weir tags tag VIP OPENID OPENID --conf conf/weir.yaml",
            "  weir tags tag --help"
        },
        synopsisSubcommandLabel = "COMMAND")
final class TagsCommand extends Group {
    private TagsCommand() {}

    /** The group with its commands. */
    static CommandLine line(Terminal terminal, ConfigFiles files) {
        return new CommandLine(new TagsCommand())
                .addSubcommand(new ListTags(terminal, files))
                .addSubcommand(new CreateTag(terminal, files))
                .addSubcommand(new UpdateTag(terminal, files))
                .addSubcommand(new DeleteTag(terminal, files))
                .addSubcommand(new TagMembers(terminal, files))
                .addSubcommand(new TagUsers(terminal, files))
                .addSubcommand(new UntagUsers(terminal, files));
    }

    /** The calls of one account, each waited for. */
    private record Tags(TagCalls calls, String account) {
        private static final int MOST_USERS = 50;

        List<Tag> all() {
            return WeChatSession.await(calls.all(account));
        }

        /** By name, else by id. */
        Tag find(String nameOrId) {
            List<Tag> all = all();
            return all.stream()
                    .filter(tag -> tag.name().equals(nameOrId))
                    .findFirst()
                    .or(() -> all.stream()
                            .filter(tag -> Long.toString(tag.id()).equals(nameOrId))
                            .findFirst())
                    .orElseThrow(() -> new CommandException(
                            ExitCode.USAGE, "there is no tag " + nameOrId + "; there are: " + listed(all)));
        }

        private static String listed(List<Tag> all) {
            return all.isEmpty() ? "none" : all.stream().map(Tag::name).collect(Collectors.joining(", "));
        }

        List<String> members(long tag) {
            List<String> members = new ArrayList<>();
            Optional<String> after = Optional.empty();
            do {
                Page page = WeChatSession.await(calls.members(account, tag, after));
                members.addAll(page.openIds());
                after = page.next();
            } while (after.isPresent());
            return members;
        }

        /** In as many calls as it takes. */
        void change(TagChange change, List<String> openIds, long tag) {
            for (int from = 0; from < openIds.size(); from += MOST_USERS) {
                List<String> some = openIds.subList(from, Math.min(openIds.size(), from + MOST_USERS));
                WeChatSession.await(change.of(account, some, tag));
            }
        }
    }

    /** {@link TagCalls#tag} or {@link TagCalls#untag}. */
    @FunctionalInterface
    private interface TagChange {
        Future<Void> of(String account, List<String> openIds, long tag);
    }

    private abstract static class TagCommand extends WeChatCommand {
        @Mixin
        private final ForceOption force = new ForceOption();

        TagCommand(Terminal terminal, ConfigFiles files) {
            super(terminal, files);
        }

        @Override
        public Integer call() {
            return withWeChat(force.given(), (session, account) -> {
                work(new Tags(new TagCalls(session.client()), account.name()));
                return ExitCode.DONE;
            });
        }

        abstract void work(Tags tags);

        final void tell(Tag tag, String done) {
            print(
                    json(tag),
                    () -> terminal.result(Terminal.harmless(done + " tag " + tag.name() + ", id " + tag.id())));
        }

        static ObjectNode json(Tag tag) {
            ObjectNode json = Json.object().put("id", tag.id()).put("name", tag.name());
            tag.followers().ifPresent(followers -> json.put("followers", followers));
            return json;
        }
    }

    @Command(name = "list", header = "List all tags with the number of followers who carry them.", sortOptions = false)
    private static final class ListTags extends TagCommand {
        ListTags(Terminal terminal, ConfigFiles files) {
            super(terminal, files);
        }

        @Override
        void work(Tags tags) {
            List<Tag> all = tags.all();
            ObjectNode json = Json.object();
            ArrayNode written = json.putArray("tags");
            all.forEach(tag -> written.add(json(tag)));
            print(json, () -> {
                Table table = new Table().row("ID", "FOLLOWERS", "NAME");
                all.forEach(tag -> table.row(Long.toString(tag.id()), followers(tag.followers()), tag.name()));
                table.lines().forEach(terminal::result);
            });
        }

        private static String followers(OptionalLong count) {
            return count.isPresent() ? Long.toString(count.getAsLong()) : "?";
        }
    }

    @Command(name = "create", header = "Make a tag.", sortOptions = false)
    private static final class CreateTag extends TagCommand {
        @Parameters(paramLabel = "NAME", description = "Of at most 30 characters.")
        private String name = "";

        CreateTag(Terminal terminal, ConfigFiles files) {
            super(terminal, files);
        }

        @Override
        void work(Tags tags) {
            tell(WeChatSession.await(tags.calls().create(tags.account(), name)), "made");
        }
    }

    @Command(name = "update", header = "Give a tag another name.", sortOptions = false)
    private static final class UpdateTag extends TagCommand {
        @Parameters(index = "0", paramLabel = "TAG", description = "Its name or id.")
        private String tag = "";

        @Parameters(index = "1", paramLabel = "NAME", description = "The new name.")
        private String name = "";

        UpdateTag(Terminal terminal, ConfigFiles files) {
            super(terminal, files);
        }

        @Override
        void work(Tags tags) {
            Tag found = tags.find(tag);
            WeChatSession.await(tags.calls().rename(tags.account(), found.id(), name));
            tell(new Tag(found.id(), name, found.followers()), "renamed");
        }
    }

    @Command(name = "delete", header = "Delete a tag, also from those who carry it.", sortOptions = false)
    private static final class DeleteTag extends TagCommand {
        @Parameters(paramLabel = "TAG", description = "Its name or id.")
        private String tag = "";

        @Option(names = "--yes", description = "Do not ask.")
        private boolean yes;

        DeleteTag(Terminal terminal, ConfigFiles files) {
            super(terminal, files);
        }

        @Override
        void work(Tags tags) {
            Tag found = tags.find(tag);
            if (agreed(yes, "Delete the tag " + Terminal.harmless(found.name()) + " for good?")) {
                WeChatSession.await(tags.calls().delete(tags.account(), found.id()));
                tell(found, "deleted");
            }
        }
    }

    @Command(name = "members", header = "List the openids of the followers who carry a tag.", sortOptions = false)
    private static final class TagMembers extends TagCommand {
        @Parameters(paramLabel = "TAG", description = "Its name or id.")
        private String tag = "";

        TagMembers(Terminal terminal, ConfigFiles files) {
            super(terminal, files);
        }

        @Override
        void work(Tags tags) {
            Tag found = tags.find(tag);
            List<String> members = tags.members(found.id());
            ObjectNode json = Json.object().put("id", found.id()).put("name", found.name());
            members.forEach(json.putArray("openids")::add);
            print(json, () -> members.forEach(openId -> terminal.result(Terminal.harmless(openId))));
        }
    }

    private abstract static class MemberCommand extends TagCommand {
        @Parameters(index = "0", paramLabel = "TAG", description = "Its name or id.")
        private String tag = "";

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "OPENID", description = "Followers of the account.")
        private List<String> openIds = new ArrayList<>();

        MemberCommand(Terminal terminal, ConfigFiles files) {
            super(terminal, files);
        }

        abstract TagChange change(TagCalls calls);

        abstract String done();

        @Override
        final void work(Tags tags) {
            Tag found = tags.find(tag);
            tags.change(change(tags.calls()), openIds, found.id());
            print(
                    json(new Tag(found.id(), found.name(), OptionalLong.empty()))
                            .put("changed", openIds.size()),
                    () -> terminal.result(Terminal.harmless(
                            openIds.size() + (openIds.size() == 1 ? " user " : " users ") + done() + found.name())));
        }
    }

    @Command(name = "tag", header = "Give users a tag.", sortOptions = false)
    private static final class TagUsers extends MemberCommand {
        TagUsers(Terminal terminal, ConfigFiles files) {
            super(terminal, files);
        }

        @Override
        TagChange change(TagCalls calls) {
            return calls::tag;
        }

        @Override
        String done() {
            return "tagged with ";
        }
    }

    @Command(name = "untag", header = "Take a tag from users.", sortOptions = false)
    private static final class UntagUsers extends MemberCommand {
        UntagUsers(Terminal terminal, ConfigFiles files) {
            super(terminal, files);
        }

        @Override
        TagChange change(TagCalls calls) {
            return calls::untag;
        }

        @Override
        String done() {
            return "no longer tagged with ";
        }
    }
}
