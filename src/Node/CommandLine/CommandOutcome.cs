using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using NuCypher.P2P.Actors.Configuration;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Turns the end of a command, good or bad, into an exit code and words.</summary>
internal static class CommandOutcome
{
    /// <summary>Runs the command. Never throws.</summary>
    public static async Task<int> OfAsync(NodeCommand command, CommandContext context, CancellationToken cancellation)
    {
        try
        {
            return (int)await command.RunAsync(context, cancellation);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Fail(context, Of(e, cancellation));
        }
    }

    /// <summary>
    /// What an exception means to a user. One that nobody expected is named, but its stack is not shown.
    /// </summary>
    public static CommandException Of(Exception exception, CancellationToken cancellation) => exception switch
    {
        CommandException e => e,
        IOException or UnauthorizedAccessException or CryptographicException => new(
            ExitCode.Storage, exception.Message, "Check that the path exists, is yours to write, and has room."),
        ConfigurationException => new(
            ExitCode.Configuration, exception.Message,
            "The program's own akka.hocon has every key, with its unit and default."),
        JournalException e => new(ExitCode.Storage, e.Message, e.Remedy),
        TimeoutException or AskTimeoutException => new(
            ExitCode.Network, "no answer in time",
            "The swarm may be overloaded or gone; try again, with a longer --deadline if there is one."),
        OperationCanceledException when cancellation.IsCancellationRequested => new(
            ExitCode.Interrupted, "interrupted", "No file was left half-written; start the command again."),
        _ => new(
            ExitCode.Failed, $"the program failed: {exception.GetType().Name}: {FirstLine(exception.Message)}",
            "This is a fault of the program, not of yours; no file was left half-written."),
    };

    /// <summary>Says a failure in words, and to a script as one JSON object; gives the exit code.</summary>
    /// <param name="configuration">The streams.</param>
    /// <param name="failure">What happened.</param>
    /// <param name="json">Where the JSON object goes; null if nobody asked for it.</param>
    public static int Say(InvocationConfiguration configuration, CommandException failure, TextWriter? json = null)
    {
        Try(() =>
            json?.WriteLine(
                JsonSerializer.Serialize(
                    new { error = ToJson(failure), ursulas = failure.Ursulas }, CommandContext.JsonOptions)));
        Try(() =>
        {
            configuration.Error.WriteLine($"error: {Printable.Of(failure.Message)}");
            configuration.Error.WriteLine($"       {Printable.Of(failure.Remedy)}");
        });
        return (int)failure.Code;
    }

    private static int Fail(CommandContext context, CommandException failure)
    {
        Try(context.Live.Clear);
        return Say(context.Configuration, failure, context.Json ? context.Output : null);
    }

    private static object ToJson(CommandException failure) =>
        new
        {
            code = failure.Code.ToString(),
            exitCode = (int)failure.Code,
            what = failure.Message,
            remedy = failure.Remedy,
        };

    // Nobody may be there to hear it any more: the exit code still tells.
    private static void Try(Action say)
    {
        try
        {
            say();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or CommandException)
        {
            return;
        }
    }

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd();
}
