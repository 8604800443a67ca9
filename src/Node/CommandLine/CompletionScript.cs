using System.CommandLine;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>
/// Shell scripts that complete the words of a program: commands by their place, options with what they mean, otherwise
/// files.
/// </summary>
internal static class CompletionScript
{
    /// <summary>The script for a shell: bash, zsh or fish.</summary>
    public static string Of(string shell, Command root)
    {
        var places = PlacesOf(root, "").ToList();
        return shell switch
        {
            "zsh" => Zsh(places),
            "fish" => Fish(places),
            _ => Bash(places),
        };
    }

    private static IEnumerable<Place> PlacesOf(Command command, string path)
    {
        var options = command.Options.Concat(InheritedBy(command)).Where(option => !option.Hidden)
            .SelectMany(option => option.Aliases.Prepend(option.Name).Where(IsOffered), (option, name) =>
                new Word(name, FirstLine(option.Description)));
        var commands = command.Subcommands.Select(sub => new Word(sub.Name, FirstLine(sub.Description)));
        yield return new Place(path, [.. commands], [.. options]);
        foreach (var place in command.Subcommands.SelectMany(sub => PlacesOf(sub, $"{path} {sub.Name}")))
            yield return place;
    }

    private static IEnumerable<Option> InheritedBy(Command command) => command.Parents.OfType<Command>()
        .SelectMany(parent => parent.Options.Where(option => option.Recursive).Concat(InheritedBy(parent)));

    private static string Bash(List<Place> places)
    {
        var cases = string.Concat(places.Select(place => $"""
                {Quote(place.Path)}) if [[ $word == -* ]]; then words={Quote(Names(place.Options))}
                  else words={Quote(Names(place.Commands))}; fi ;;

            """));
        return $$"""
            # eval "$(nucypher completion bash)"
            _nucypher() {
              local word=${COMP_WORDS[COMP_CWORD]} place= words= i
              for ((i = 1; i < COMP_CWORD; i++)); do
                case "$place ${COMP_WORDS[i]}" in
                  {{Paths(places, "|")}}) place="$place ${COMP_WORDS[i]}" ;;
                esac
              done
              case "$place" in
            {{cases}}  esac
              COMPREPLY=($(compgen -W "$words" -- "$word"))
            }
            complete -o default -F _nucypher nucypher

            """;
    }

    private static string Zsh(List<Place> places)
    {
        var cases = string.Concat(places.Select(place => $"""
                ({Quote(place.Path)}) if [[ $word == -* ]]; then list=({Described(place.Options)})
                  else list=({Described(place.Commands)}); fi ;;

            """));
        return $$"""
            #compdef nucypher
            # eval "$(nucypher completion zsh)"
            _nucypher() {
              local word=${words[CURRENT]} place= i
              local -a list
              for ((i = 2; i < CURRENT; i++)); do
                case "$place ${words[i]}" in
                  ({{Paths(places, "|")}}) place="$place ${words[i]}" ;;
                esac
              done
              case "$place" in
            {{cases}}  esac
              if (( $#list )); then _describe word list; else _files; fi
            }
            compdef _nucypher nucypher

            """;
    }

    private static string Fish(List<Place> places)
    {
        var lines = places.SelectMany(place => place.Commands.Select(word => Line(place, word, "-f ")).Concat(
            place.Options.Select(word => Line(place, word, ""))));
        return $"""
            # nucypher completion fish | source
            function __nucypher_at
              set -l place ''
              for word in (commandline -opc)[2..-1]
                switch "$place $word"
                  case {Paths(places, " ")}
                    set place "$place $word"
                end
              end
              test "$place" = "$argv[1]"
            end
            {string.Concat(lines)}
            """;

        static string Line(Place place, Word word, string more) =>
            $"complete -c nucypher -n {Quote($"__nucypher_at \"{place.Path}\"")} {more}"
            + $"-a {Quote(word.Name)} -d {Quote(word.Meaning)}\n";
    }

    // Every option has a long name; what else stands for it is not offered.
    private static bool IsOffered(string name) => name.StartsWith("--", StringComparison.Ordinal);

    private static string Paths(List<Place> places, string between) =>
        string.Join(between, places.Where(place => place.Path.Length > 0).Select(place => Quote(place.Path)));

    private static string Names(IReadOnlyList<Word> words) => string.Join(' ', words.Select(word => word.Name));

    private static string Described(IReadOnlyList<Word> words) =>
        string.Join(
            ' ', words.Select(
                word => Quote($"{word.Name.Replace(":", "\\:", StringComparison.Ordinal)}:{word.Meaning}")));

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string FirstLine(string? description) => (description ?? "").Split('\n')[0];

    /// <summary>A command, by the words that lead to it, each with a blank before; what may follow.</summary>
    private sealed record Place(string Path, IReadOnlyList<Word> Commands, IReadOnlyList<Word> Options);

    private sealed record Word(string Name, string Meaning);
}
